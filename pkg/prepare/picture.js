export const canDraw = () => false;
export const fitPicture = async () => undefined;
