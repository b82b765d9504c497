// What the options may be, where a browser is not needed to tell.
import assert from "node:assert/strict";
import { test } from "node:test";
import { address, checked } from "../../pkg/platform/options.js";

test("only https and this machine are base addresses", () => {
  for (const host of ["localhost", "a.localhost", "127.0.0.1", "127.8.9.1", "[::1]", "0x7f.1"]) {
    assert.equal(typeof address(`http://${host}/a`), "string", host);
    assert.equal(typeof address(`http://${host}:81`), "string", host);
  }
  assert.equal(address("https://chat.divar.ir//"), "https://chat.divar.ir");
  for (const refused of [
    "http://chat.divar.ir",
    "http://128.0.0.1",
    "http://127.0.0.1.evil.ir",
    "http://localhost.ir",
    "http://localhost:80@evil.ir",
    "http://evil.ir?.localhost",
    "http://[::2]",
    "ftp://localhost/",
    "file:///",
    "data:,https://a",
    "/divar",
    "",
    7,
  ]) {
    assert.throws(() => address(refused), undefined, String(refused));
  }
});

test("a base address has no user, query or fragment", () => {
  assert.equal(address("https://a.ir/@1/b"), "https://a.ir/@1/b");
  for (const refused of [
    "https://u:p@a.ir",
    "https://u@a.ir",
    "https://a.ir/?",
    "https://a.ir#b",
  ]) {
    assert.throws(() => address(refused), undefined, refused);
  }
});

test("an endpoint may be the page's own, and of no other plain origin", () => {
  const page = { href: "http://app.ir/a/b", origin: "http://app.ir" };
  assert.equal(address("/divar/", page), "http://app.ir/divar");
  assert.throws(() => address("http://app.ir.evil.ir/divar", page));
  assert.throws(() => address("blob:http://app.ir/1", page));
  const none = { href: "file:///a", origin: "null" };
  assert.throws(() => address("data:,x", none));
});

test("a path's segment is not one of the dots, and a header's value is visible ASCII", () => {
  assert.equal(checked("6Gq+m/D7=", "/", ""), "6Gq+m/D7=");
  for (const id of ["", ".", "..", undefined]) assert.throws(() => checked(id, "/", ""));
  assert.equal(checked("YWJj+/=", "*", ""), "YWJj+/=");
  for (const value of ["", "a b", "a\nb", "کلید", "é", "a\u007f"]) {
    assert.throws(() => checked(value, "*", ""));
  }
});
