import "divar-chat-media/element";
