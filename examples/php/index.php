<?php

// A backend of your own: the routes that the page's functions call, in PHP without a framework.
// The guide docs/your-own-backend.md describes them.

declare(strict_types=1);

const LIMIT_SECONDS = 30;

// The defaults are those of the emulator.
$apiKey = getenv('DIVAR_API_KEY') ?: 'emulator-key';
$openApiUrl = getenv('DIVAR_OPEN_API_URL') ?: 'http://127.0.0.1:9310';
$chatUrl = getenv('DIVAR_CHAT_URL') ?: 'http://127.0.0.1:9310';
$conversationId = getenv('DIVAR_CONVERSATION_ID') ?: 'my-chat';

/** Answers with JSON, and ends the request. */
function answer(int $status, array $body, array $headers = []): never
{
    http_response_code($status);
    header('Content-Type: application/json');
    array_map(header(...), $headers);
    echo json_encode((object) $body);
    exit;
}

/** Your app looks up the session here. Gives the conversations that this user may write to. */
function requireUser(): array
{
    // JSON alone: a form of another site cannot send it without a pre-flight.
    $type = explode(';', $_SERVER['CONTENT_TYPE'] ?? '')[0];
    if (strtolower(trim($type)) !== 'application/json') {
        answer(415, []);
    }
    return [$GLOBALS['conversationId']];
}

/** Sends JSON to Divar with the key. Gives the status, the headers and the body, or null without an answer. */
function ask(string $path, array $body): ?array
{
    $context = stream_context_create(['http' => [
        'method' => 'POST',
        'header' => ['Content-Type: application/json', "x-api-key: {$GLOBALS['apiKey']}"],
        'content' => json_encode((object) $body),
        'timeout' => LIMIT_SECONDS,
        'follow_location' => 0,
        'ignore_errors' => true, // gives the body of a failure, too
    ]]);
    $text = @file_get_contents($GLOBALS['openApiUrl'] . $path, false, $context);
    // PHP sets $http_response_header. Its first line is such as "HTTP/1.1 200 OK".
    $headers = $http_response_header ?? [];
    if ($text === false || $headers === []) {
        return null;
    }
    return [(int) explode(' ', $headers[0])[1], $headers, $text];
}

/** Passes Divar's status on. The page's functions find the code by it. */
function fail(int $status, array $headers, string $text): never
{
    error_log("Divar answered HTTP $status: " . substr($text, 0, 1000));
    $wait = preg_grep('/^retry-after:/i', $headers);
    // A refused key is the app's fault. The page's user is signed in.
    answer(in_array($status, [401, 403], true) ? 502 : $status, [], $wait);
}

function token(): never
{
    requireUser();
    [$status, $headers, $text] = ask('/experimental/open-platform/chat/upload', [])
        ?? answer(502, ['code' => 'network', 'retryable' => true]);
    if ($status !== 200) {
        fail($status, $headers, $text);
    }
    $token = json_decode($text)->token ?? answer(502, ['code' => 'network', 'retryable' => true]);
    answer(200, ['token' => $token]);
}

function message(): never
{
    $conversations = requireUser();
    $message = json_decode(file_get_contents('php://input'));
    if (!is_object($message)) {
        answer(400, []);
    }
    $conversation = $message->conversation_id ?? null;
    // Buttons are shown in the app's name, so this backend takes none of the page's.
    if (($message->target ?? 'chatbot') !== 'chatbot' || !in_array($conversation, $conversations, true)) {
        answer(403, []);
    }
    $route = '/v1/open-platform/chat/bot/conversations/' . rawurlencode($conversation) . '/messages';
    $body = ['text_message' => '', 'media_token' => $message->media_token ?? null];
    [$status, $headers, $text] = ask($route, $body)
        // It may have been delivered: sent again, it would be shown twice.
        ?? answer(502, ['code' => 'network', 'retryable' => false, 'deliveryUnknown' => true]);
    if ($status !== 200) {
        fail($status, $headers, $text);
    }
    answer(200, ['conversation_id' => $conversation]);
}

switch ($_SERVER['REQUEST_METHOD'] . ' ' . parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH)) {
    case 'POST /divar/token':
        token();
    case 'POST /divar/messages':
        message();
    case 'GET /chat':
        answer(200, ['chatUrl' => $chatUrl, 'conversationId' => $conversationId]);
    default:
        return false; // a file in public/
}
