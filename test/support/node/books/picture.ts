import sharp from "sharp";

/** A picture of one colour, as a JPEG or a PNG. */
export function makePicture(
  width: number,
  height: number,
  { format = "jpeg", colour = "#336699" }: { format?: "jpeg" | "png"; colour?: string } = {},
): Promise<Buffer> {
  return sharp({ create: { width, height, channels: 3, background: colour } })
    .toFormat(format)
    .toBuffer();
}

/** What a picture's file says of itself. */
export async function sizeOfPicture(path: string): Promise<{ format: string; width: number; height: number }> {
  const { format, width, height } = await sharp(path).metadata();
  return { format, width, height };
}

/** The colour in the middle of a picture, red, green and blue. */
export async function colourOf(path: string): Promise<number[]> {
  const { data, info } = await sharp(path).raw().toBuffer({ resolveWithObject: true });
  const middle = (Math.floor(info.height / 2) * info.width + Math.floor(info.width / 2)) * info.channels;
  return [...data.subarray(middle, middle + 3)];
}
