/** The package's functions over one runtime's way to call the module. */
export const functions = ({ call, callNow }) => ({
  getUploadToken: (options) => call("token", "getUploadToken", options),
  uploadMedia: (file, type, options) => call("upload", "uploadMedia", file, type, options),
  buildMediaMessage: (mediaToken, options) =>
    callNow("message", "buildMediaMessage", mediaToken, options),
  sendMediaMessage: (mediaToken, options) =>
    call("message", "sendMediaMessage", mediaToken, options),
});
