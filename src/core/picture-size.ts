/** In pixels. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** Where a PNG, which must begin with this chunk, says its width and then its height (PNG 3, 11.2.1). */
const PNG_SIZE_AT = 16;
const JPEG = [0xff, 0xd8, 0xff];
/** Between the mark of a JPEG's frame and its height: a length and a precision (ITU T.81, B.2.2). */
const FRAME_HEIGHT_AT = 5;
/** Marks among those of frames that begin none. */
const NO_FRAMES = [0xc4, 0xc8, 0xcc];

/** How large a JPEG or a PNG says that it is, without decoding it; nothing of anything else. `bytes`: one character is one byte. */
export function pictureSize(bytes: string): PictureSize | undefined {
  if (beginsWith(bytes, PNG)) return sizeOf(numberAt(bytes, PNG_SIZE_AT, 4), numberAt(bytes, PNG_SIZE_AT + 4, 4));
  return beginsWith(bytes, JPEG) ? jpegSize(bytes) : undefined;
}

const beginsWith = (bytes: string, beginning: readonly number[]): boolean =>
  bytes.length > beginning.length && beginning.every((byte, index) => bytes.charCodeAt(index) === byte);

/** From one segment to the next, up to the frame. */
function jpegSize(bytes: string): PictureSize | undefined {
  let at = 2;
  while (at + FRAME_HEIGHT_AT + 4 <= bytes.length && bytes.charCodeAt(at) === 0xff) {
    const mark = bytes.charCodeAt(at + 1);
    const isFrame = mark >= 0xc0 && mark <= 0xcf && !NO_FRAMES.includes(mark);
    if (isFrame) return sizeOf(numberAt(bytes, at + FRAME_HEIGHT_AT + 2, 2), numberAt(bytes, at + FRAME_HEIGHT_AT, 2));
    // Before a mark may stand any number of bytes that fill.
    at += mark === 0xff ? 1 : 2 + numberAt(bytes, at + 2, 2);
  }
  return undefined;
}

/** The first byte is the highest; zero beyond the end. */
function numberAt(bytes: string, at: number, length: number): number {
  let number = 0;
  let index = at;
  while (index < at + length) {
    number = number * 256 + (index < bytes.length ? bytes.charCodeAt(index) : 0);
    index += 1;
  }
  return number;
}

const sizeOf = (width: number, height: number): PictureSize | undefined =>
  width > 0 && height > 0 ? { width, height } : undefined;
