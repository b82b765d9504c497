"""A backend of your own: the routes that the page's functions call, in Flask.

The guide docs/your-own-backend.md describes them.
"""

import os
from urllib.parse import quote

import requests
from flask import Flask, abort, jsonify, request

# The defaults are those of the emulator.
PORT = int(os.environ.get("PORT", "3000"))
API_KEY = os.environ.get("DIVAR_API_KEY", "emulator-key")
OPEN_API_URL = os.environ.get("DIVAR_OPEN_API_URL", "http://127.0.0.1:9310")
CHAT_URL = os.environ.get("DIVAR_CHAT_URL", "http://127.0.0.1:9310")
CONVERSATION_ID = os.environ.get("DIVAR_CONVERSATION_ID", "my-chat")

LIMIT_SECONDS = 30

app = Flask(__name__, static_folder="public", static_url_path="")


def require_user():
    """Your app looks up the session here. Gives the conversations that this user may write to."""
    # JSON alone: a form of another site cannot send it without a pre-flight.
    if not request.is_json:
        abort(415)
    return [CONVERSATION_ID]


def ask(path, body):
    """Sends JSON to Divar with the key."""
    return requests.post(
        OPEN_API_URL + path,
        json=body,
        headers={"x-api-key": API_KEY},
        timeout=LIMIT_SECONDS,
        allow_redirects=False,
    )


def failure(answer):
    """Passes Divar's status on. The page's functions find the code by it."""
    app.logger.error("Divar answered HTTP %s: %s", answer.status_code, answer.text[:1000])
    names = [name for name in ["Retry-After"] if name in answer.headers]
    headers = {name: answer.headers[name] for name in names}
    # A refused key is the app's fault. The page's user is signed in.
    status = 502 if answer.status_code in (401, 403) else answer.status_code
    return {}, status, headers


@app.post("/divar/token")
def token():
    require_user()
    try:
        answer = ask("/experimental/open-platform/chat/upload", {})
        return {"token": answer.json()["token"]} if answer.ok else failure(answer)
    except (requests.RequestException, KeyError):
        return {"code": "network", "retryable": True}, 502


@app.post("/divar/messages")
def messages():
    conversations = require_user()
    message = request.get_json()
    if not isinstance(message, dict):
        abort(400)
    conversation = message.get("conversation_id")
    # Buttons are shown in the app's name, so this backend takes none of the page's.
    if message.get("target", "chatbot") != "chatbot" or conversation not in conversations:
        abort(403)
    body = {"text_message": "", "media_token": message.get("media_token")}
    route = f"/v1/open-platform/chat/bot/conversations/{quote(conversation, safe='')}/messages"
    try:
        answer = ask(route, body)
    except requests.RequestException:
        # It may have been delivered: sent again, it would be shown twice.
        return {"code": "network", "retryable": False, "deliveryUnknown": True}, 502
    return {"conversation_id": conversation} if answer.ok else failure(answer)


@app.get("/chat")
def chat():
    return jsonify(chatUrl=CHAT_URL, conversationId=CONVERSATION_ID)


@app.get("/")
def page():
    return app.send_static_file("index.html")


if __name__ == "__main__":
    app.run(host="127.0.0.1", port=PORT)
