using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "ours", worker = (
      modules = [
        (name = "ours.js", esModule = embed "ours.js"),
        (name = "divar_chat_media_bg.wasm", wasm = embed "divar_chat_media_bg.wasm"),
      ],
      compatibilityDate = "2026-01-01",
      bindings = [(name = "UPSTREAM", fromEnvironment = "UPSTREAM")],
    )),
    (name = "by-hand", worker = (
      modules = [(name = "by-hand.js", esModule = embed "by-hand.js")],
      compatibilityDate = "2026-01-01",
      bindings = [(name = "UPSTREAM", fromEnvironment = "UPSTREAM")],
    )),
    (name = "internet", network = (allow = ["local", "private", "public"])),
  ],
  sockets = [
    (name = "ours", address = "127.0.0.1:0", http = (), service = "ours"),
    (name = "by-hand", address = "127.0.0.1:0", http = (), service = "by-hand"),
  ],
);
