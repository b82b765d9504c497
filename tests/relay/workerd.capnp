using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (
  # In MiB. With a heap of this size the test sees what is held, and not how long the garbage
  # collector may stay away; and a relay that held on to anything of each piece would end here.
  v8Flags = ["--max-heap-size=32"],
  services = [
    (name = "relay", worker = (
      modules = [
        (name = "worker.js", esModule = embed "worker.js"),
        (name = "divar_chat_media_bg.wasm", wasm = embed "divar_chat_media_bg.wasm"),
      ],
      compatibilityDate = "2026-01-01",
      bindings = [
        (name = "EMULATOR", fromEnvironment = "DIVAR_EMULATOR_URL"),
        (name = "KEY", fromEnvironment = "DIVAR_EMULATOR_KEY"),
      ],
    )),
    (name = "internet", network = (allow = ["local", "private", "public"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "relay")],
);
