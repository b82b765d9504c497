using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  services = [
    (name = "divar-chat-media", worker = (
      modules = [
        (name = "divar-chat-media.js", esModule = embed "divar-chat-media.js"),
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
    (name = "by-hand-checked", worker = (
      modules = [(name = "by-hand-checked.js", esModule = embed "by-hand-checked.js")],
      compatibilityDate = "2026-01-01",
      bindings = [(name = "UPSTREAM", fromEnvironment = "UPSTREAM")],
    )),
    (name = "internet", network = (allow = ["local", "private", "public"])),
  ],
  sockets = [
    (name = "divar-chat-media", address = "127.0.0.1:0", http = (), service = "divar-chat-media"),
    (name = "by-hand", address = "127.0.0.1:0", http = (), service = "by-hand"),
    (
      name = "by-hand-checked",
      address = "127.0.0.1:0",
      http = (),
      service = "by-hand-checked",
    ),
  ],
);
