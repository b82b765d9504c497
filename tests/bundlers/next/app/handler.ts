import { getUploadToken, sendMediaMessage } from "divar-chat-media/edge";

const { DIVAR_API_KEY: apiKey = "", DIVAR_OPEN_API_URL: openApiUrl = "" } = process.env;

/** `POST …/token` and `POST …/messages`, for both of Next's runtimes. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  switch ((await params).route) {
    case "token":
      return Response.json({ token: await getUploadToken({ apiKey, openApiUrl }) });
    case "messages": {
      const { media_token } = await request.json();
      const to = { target: "chatbot", conversationId: "c" } as const;
      return Response.json(await sendMediaMessage(media_token, { apiKey, openApiUrl, ...to }));
    }
  }
  return new Response(null, { status: 404 });
}

interface Context {
  params: Promise<{ route: string }>;
}
