import sharp from "sharp";
import { Unreadable, type Picture } from "../formats/said";

/** Large enough for a book's page on a sharp screen; of a grid the browser scales it down. In pixels. */
const WIDTH = 400;
const HEIGHT = 600;
const QUALITY = 80;
/** A picture of more pixels is a bomb: a scanned page at 600 dpi has 35 million. */
const MOST_PIXELS = 100_000_000;

// A cover at a time needs neither threads nor a cache of decoded pictures.
sharp.concurrency(1);
sharp.cache(false);

/** Writes a picture as a JPEG of at most 400 by 600 pixels. Rejects with `Unreadable` when it is no sound picture. */
export async function scaleDown(picture: Picture, to: string): Promise<void> {
  // By its first bytes: libvips would take an SVG too, and with it whatever that refers to.
  if (!isRaster(picture)) throw new Unreadable("Its cover is no picture.");
  try {
    await sharp(picture, { limitInputPixels: MOST_PIXELS, failOn: "none" })
      .rotate()
      .resize(WIDTH, HEIGHT, { fit: "inside", withoutEnlargement: true })
      .flatten({ background: "white" })
      .jpeg({ quality: QUALITY, mozjpeg: false })
      .toFile(to);
  } catch (error) {
    throw new Unreadable("The picture on its cover is damaged.", { cause: error });
  }
}

function isRaster(picture: Picture): boolean {
  const start = Buffer.from(picture.subarray(0, 12)).toString("latin1");
  return (
    /^(?:\xff\xd8\xff|\x89PNG|GIF8|RIFF.{4}WEBP|II\*\0|MM\0\*)/s.test(start) || /^.{4}ftyp(?:avif|mif1)/s.test(start)
  );
}
