import type { ButtonAction, ButtonActions } from "divar-chat-media";

export type ActionName = keyof ButtonActions;

/** All that a button can do. */
export const ACTIONS: readonly ActionName[] = [
  "open_direct_link",
  "open_server_link",
  "get_dynamic_action",
  "open_post_page",
  "open_post_manage_page",
];

export function nameOf(action: ButtonAction): ActionName {
  return (Object.keys(action) as ActionName[])[0] ?? "open_direct_link";
}

/** An action with what it takes, written as a person writes it. Throws where that is not JSON. */
export function actionOf(name: ActionName, value?: string): ButtonAction {
  switch (name) {
    case "open_direct_link":
      return { open_direct_link: value ?? "https://divar.ir" };
    case "open_server_link":
      return { open_server_link: { data: parse(value) } };
    case "get_dynamic_action":
      return { get_dynamic_action: { data: parse(value) } };
    case "open_post_page":
      return { open_post_page: { post_token: value ?? "AZfnQBKd" } };
    case "open_post_manage_page":
      return { open_post_manage_page: { post_token: value ?? "AZfnQBKd" } };
  }
}

/** What an action takes, as a person would write it. */
export function readAction(action: ButtonAction): string {
  if (action.open_direct_link !== undefined) return action.open_direct_link;
  const { data } = action.open_server_link ?? action.get_dynamic_action ?? {};
  if (data) return JSON.stringify(data);
  return (action.open_post_page ?? action.open_post_manage_page)?.post_token ?? "";
}

function parse(value = '{"step":1}'): object {
  const data: unknown = JSON.parse(value);
  if (typeof data !== "object" || data === null) throw new TypeError("not an object");
  return data;
}
