export const recordVoice = async () => undefined;
