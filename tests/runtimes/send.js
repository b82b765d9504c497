// The whole send over an app's own routes, in every runtime.
import { assert } from "chai";
import { JPEG, picture } from "../support/samples.js";
import { sha256 } from "../support/sha256.js";
import { failure } from "./support.js";

export const send = {
  "sendMedia does all three steps over the app's routes": async (runtime) => {
    const { main, emulator } = runtime;
    const stages = [];
    const sent = await main.sendMedia(picture(), {
      ...runtime.app,
      conversationId: "6Gq+m/D7=",
      onStage: (stage) => stages.push(stage),
    });
    assert.deepEqual(sent, { conversationId: "6Gq+m/D7=" });
    assert.deepEqual(stages, ["token", "upload", "message"]);
    const [message] = await emulator.messages();
    assert.strictEqual(message.media.sha256, await sha256(JPEG));
  },

  "resumes a message whose answer was lost without a second upload": async (runtime) => {
    const { main, emulator, app } = runtime;
    await emulator.fault({ on: "message", reset_accepted: {} });
    const call = () => main.sendMedia(picture(), { ...app, conversationId: "c" });
    const error = await failure(runtime, call);
    assert.strictEqual(error.stage, "message");
    assert.strictEqual(error.deliveryUnknown, true);
    assert.strictEqual(
      (await emulator.messages()).length,
      1,
      "it was delivered, and not sent again",
    );

    const { mediaToken } = error;
    await main.sendMedia(picture(), { ...app, conversationId: "c", mediaToken });
    const requests = await emulator.requests();
    assert.strictEqual(requests.filter(({ route }) => route === "upload").length, 1);
  },
};
