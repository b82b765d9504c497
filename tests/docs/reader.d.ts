// What the documents' code leaves to the reader's app.
declare const input: HTMLInputElement;
declare const cancelButton: HTMLButtonElement;
declare const file: File;
declare const conversationId: string;
declare const show: (...said: unknown[]) => void;
declare const showError: (sentence: string) => void;
declare const showProgress: (part: number | undefined) => void;
declare const offerToTryAgain: (afterMs: number | undefined) => void;
declare const openConversation: (id: string) => void;
declare const csrfToken: () => string;

/** Who asks, and where they may write; nothing for a stranger. */
declare const yourSession: (request: Request) => Promise<{ conversations: string[] } | undefined>;

// Of two runtimes, what the documents call.
declare const Deno: { serve(handler: (request: Request) => Promise<Response>): unknown };
declare const Bun: {
  serve(options: { fetch: (request: Request) => Promise<Response> }): unknown;
};
