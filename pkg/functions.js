/** What begins one of the module's calls and runs it to its end. */
const run =
  (name, ...given) =>
  (module) =>
    module[name](...given).run(module.next);

/** The functions of the main entry, over one runtime's way to start the module. */
export const common = ({ call, callNow }) => ({
  getUploadToken: (options) => call("token", run("getUploadToken", options)),
  uploadMedia: (file, type, options) => call("upload", run("uploadMedia", file, type, options)),
  // Should the module fail, how far it had come is not known: a message may have gone.
  sendMedia: (file, options) => call("message", run("sendMedia", file, options)),
  buildMediaMessage: (mediaToken, options) =>
    callNow("message", (module) => module.buildMediaMessage(mediaToken, options).settled()),
});

/** The functions of the `edge` entry, which take secrets. */
export const secret = ({ call, callNow }) => ({
  createMediaHandler: (options) => {
    callNow("token", (module) => module.checkMediaHandler(options));
    return (request) =>
      call("token", (module) => module.handleMedia(request, options)).catch(brokenDown(options));
  },
  getUploadToken: (options) => call("token", run("getUploadToken", options)),
  sendMediaMessage: (mediaToken, options) =>
    call("message", run("sendMediaMessage", mediaToken, options)),
});

/** Should the module itself fail: its callers get an answer all the same. */
const brokenDown = (options) => (error) => {
  try {
    options.onError?.(error);
  } catch {
    // What the app's log throws must not cost the answer.
  }
  const { code, stage, userMessage } = error;
  const body = { code, stage, userMessage, retryable: false, deliveryUnknown: true };
  return Response.json(body, { status: 500, headers: { "Cache-Control": "no-store" } });
};
