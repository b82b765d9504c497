// Requests of the package's with one thing wrong in each: a validator that passes one proves nothing.

/** @returns {[string, object, RegExp][]} what is wrong, the request, why it must not fit */
export function invalidRequests({ token, form, bare, messages, full }) {
  return [
    ["no key", without(token, "x-api-key"), /^401 /],
    ["no body", withBody(token, ""), /^400 there is no body/],
    ["a body that is no object", withBody(token, "[]"), /^400 .*must be object/],
    ["a field more", withJson(token, { ttl: 7 }), /^400 .*additional properties/],
    ["no JSON by its type", withType(token, "text/plain"), /^415 /],
    ["another method", { ...token, method: "PUT" }, /^405 /],
    ["another route", { ...token, path: `${token.path}s` }, /^404 /],
    ["an option in the address", { ...token, path: `${token.path}?a=1` }, /^400 .*Unknown query/],
    ...invalidUploads(form, bare),
    ...messages.flatMap((message) => invalidMessages(message, full)),
    ["no access token", without(messages[1], "authorization"), /^401 /],
    ["no access token", without(messages[2], "authorization"), /^401 /],
    ["the other route's text", { ...messages[2], path: messages[0].path }, /^400 /],
  ];
}

function invalidUploads(form, bare) {
  const inForm = (from, to) => {
    const text = form.body.toString("latin1").replace(from, to);
    return withBody(form, Buffer.from(text, "latin1"));
  };
  return [
    ["no upload token", without(form, "authorization"), /^401 /],
    ["another scheme", withHeader(form, "authorization", "Token t"), /^401 /],
    ["another type of media", { ...form, path: "/upload/sticker" }, /^404 /],
    ["another field", inForm('name="file"', 'name="media"'), /^400 .*must have required/],
    [
      "a text instead of the file",
      inForm(/; filename="[^"]*"/, ""),
      /^400 the form has no named file/,
    ],
    [
      "a file without a name",
      inForm(/filename="[^"]*"/, 'filename=""'),
      /^400 the form has no named file/,
    ],
    ["no bytes", withBody(bare, ""), /^400 there is no body/],
    ["another type's bytes", { ...bare, path: "/upload/voice" }, /^415 /],
    ["bytes of no type", without(bare, "content-type"), /^415 /],
  ];
}

function invalidMessages(message, full) {
  const { media_token, ...text } = JSON.parse(message.body);
  const [textName] = Object.keys(text);
  const gridName = textName === "message" ? "sender_buttons" : "buttons";
  const [row] = full.rows;
  const [button] = row.buttons;
  const withGrid = (rows) => withJson(message, { [gridName]: { rows } });
  const withButton = (changed) => withGrid([{ buttons: [{ ...button, ...changed }] }]);
  return [
    ["no id", { ...message, path: message.path.replace(/[^/]+\/messages/, "/messages") }, /^404 /],
    ["no key", without(message, "x-api-key"), /^401 /],
    ["no media", withBody(message, JSON.stringify(text)), /required property 'media_token'/],
    ["no text", withBody(message, JSON.stringify({ media_token })), /must have required/],
    ["a text beside the media", withJson(message, { [textName]: "سلام" }), /must be equal to/],
    ["the samples' type", withJson(message, { type: "TEXT" }), /additional properties/],
    ["no token", withJson(message, { media_token: "" }), /fewer than 1 char/],
    ["a fourth row", withGrid([...full.rows, row]), /more than 3 items/],
    ["a fourth button", withGrid([{ buttons: [...row.buttons, button] }]), /more than 3 items/],
    ["no action", withButton({ action: {} }), /fewer than 1 prop/],
    [
      "two actions",
      withButton({ action: { ...actionOf(row, 0), ...actionOf(row, 1) } }),
      /more than 1 prop/,
    ],
    ["an action of no kind", withButton({ action: { open: "x" } }), /additional properties/],
    ["no data", withButton({ action: { open_server_link: {} } }), /required property 'data'/],
    ["no post", withButton({ action: { open_post_page: {} } }), /required property 'post_token'/],
    ["no caption", withButton({ caption: undefined }), /required property 'caption'/],
    ["an icon of no name", withButton({ icon: "add" }), /must match pattern/],
    ["the older icon", withButton({ icon_name: "ADD" }), /additional properties/],
  ];
}

const actionOf = (row, at) => row.buttons[at].action;

/** As `http.request` takes headers: names and values in turn. */
function pairsOf({ headers }) {
  return headers.flatMap((name, at) => (at % 2 === 0 ? [[name, headers[at + 1]]] : []));
}

function without(request, unwanted) {
  const left = pairsOf(request).filter(([name]) => name.toLowerCase() !== unwanted);
  return { ...request, headers: left.flat() };
}

function withHeader(request, name, value) {
  const rest = without(request, name);
  return { ...rest, headers: [...rest.headers, name, value] };
}

const withType = (request, type) => withHeader(request, "content-type", type);

function withBody(request, text) {
  const body = Buffer.from(text);
  return { ...withHeader(request, "content-length", String(body.length)), body };
}

const withJson = (request, more) =>
  withBody(request, JSON.stringify({ ...JSON.parse(request.body), ...more }));
