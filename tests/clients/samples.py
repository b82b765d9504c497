"""What Divar's two samples do, with the library that they use: mint, upload, send.

    samples.py ADDRESS FORM MEDIA_TYPE FILE CONTENT_TYPE

FORM is "bearer", the bare bytes as the sample of the request has them, or "basic", the form that the
sample in Python sends. The key is in DIVAR_EMULATOR_KEY. The answers come out as JSON.
"""

import json
import os
import sys

import requests


def mint(address, key):
    headers = {"Content-Type": "application/json", "X-Api-Key": key}
    url = f"{address}/experimental/open-platform/chat/upload"
    # As in the sample: an empty form, which is no body at all.
    return requests.request("POST", url, headers=headers, data={})


def upload_bearer(url, token, file, _name, _content_type):
    headers = {"Authorization": f"Bearer {token}", "Accept": "*/*"}
    return requests.request("POST", url, headers=headers, data=file)


def upload_basic(url, token, file, name, content_type):
    headers = {
        "Authorization": f"Basic {token}",
        "Accept": "application/json, text/plain, */*",
    }
    files = [("file", (name, file, content_type))]
    return requests.request("POST", url, headers=headers, files=files)


def send(address, key, media_token):
    # The one message that the samples' document shows: the media token alone.
    url = f"{address}/v1/open-platform/chat/bot/conversations/6Gq%2Bm%2FD7%3D/messages"
    headers = {"X-Api-Key": key}
    return requests.request("POST", url, headers=headers, json={"media_token": media_token})


def main(address, form, media_type, path, content_type):
    key = os.environ["DIVAR_EMULATOR_KEY"]
    upload = {"bearer": upload_bearer, "basic": upload_basic}[form]
    minted = mint(address, key)
    with open(path, "rb") as file:
        url = f"{address}/upload/{media_type}"
        name = os.path.basename(path)
        uploaded = upload(url, minted.json()["token"], file, name, content_type)
    sent = send(address, key, uploaded.json().get("id"))
    answers = {"token": minted, "upload": uploaded, "message": sent}
    print(json.dumps({step: [got.status_code, got.json()] for step, got in answers.items()}))


main(*sys.argv[1:])
