import Blitbuffer = require("ffi/blitbuffer");
import Device = require("device");
import FocusManager = require("ui/widget/focusmanager");
import Font = require("ui/font");
import Geom = require("ui/geometry");
import UIManager = require("ui/uimanager");
import FrameContainer = require("ui/widget/container/framecontainer");
import ButtonTable = require("ui/widget/buttontable");
import HorizontalGroup = require("ui/widget/horizontalgroup");
import HorizontalSpan = require("ui/widget/horizontalspan");
import ImageWidget = require("ui/widget/imagewidget");
import ScrollTextWidget = require("ui/widget/scrolltextwidget");
import TextBoxWidget = require("ui/widget/textboxwidget");
import TitleBar = require("ui/widget/titlebar");
import VerticalGroup = require("ui/widget/verticalgroup");
import { guarded } from "../../guard";

/** What a page tells of a book. */
export interface PageContent {
  readonly lines: readonly string[];
  readonly description: string;
  /** A picture on this device. */
  readonly cover?: string;
}

/** How much of the page's width a cover takes, and its height by that. */
const COVER_SHARE = 0.3;
const COVER_SHAPE = 1.5;
/** For the text, however much stands above it. */
const LEAST_ROOM = 60;

/** A full page about one book: its facts above, what can be done below, and between them a text that scrolls. */
export class DetailsPage {
  private readonly window: KOReader.FocusManager;
  private readonly width = Device.screen.getWidth();
  private readonly height = Device.screen.getHeight();
  private readonly gap = Device.screen.scaleBySize(12);
  private isShown = false;

  /** @param buttons called for every drawing, with what takes the page away; it stands still at the bottom */
  constructor(
    private readonly title: string,
    private readonly buttons: (close: () => void) => KOReader.Button[][],
    closed: () => void,
  ) {
    const close = guarded(() => {
      this.close();
    });
    this.window = FocusManager.new({
      dimen: Geom.new({ x: 0, y: 0, w: this.width, h: this.height }),
      covers_fullscreen: true,
      key_events: { Close: [[Device.input.group.Back]] },
      onClose: () => {
        close();
        return true;
      },
      onCloseWidget: guarded(() => {
        closed();
        this.window[1]?.free?.();
      }),
    });
  }

  /** Shows it, or more of it where it is shown already. */
  show(content: PageContent): void {
    this.window[1]?.free?.();
    this.window[1] = this.pageOf(content);
    if (this.isShown) return UIManager.setDirty(this.window, "ui");
    this.isShown = true;
    UIManager.show(this.window);
  }

  private close(): void {
    UIManager.close(this.window);
  }

  private pageOf(content: PageContent): KOReader.Piece {
    const bar = this.bar();
    const facts = this.facts(content);
    const table = this.table();
    const room = this.height - bar.getHeight() - facts.getSize().h - table.getSize().h;
    return FrameContainer.new({
      [1]: VerticalGroup.new({ [1]: bar, [2]: facts, [3]: this.text(content.description, room), [4]: table }),
      background: Blitbuffer.COLOR_WHITE,
      bordersize: 0,
      padding: 0,
      margin: 0,
      width: this.width,
      height: this.height,
    });
  }

  private bar(): KOReader.TitleBar {
    return TitleBar.new({
      width: this.width,
      fullscreen: "true",
      align: "left",
      title: this.title,
      title_multilines: true,
      with_bottom_line: true,
      close_callback: guarded(() => {
        this.close();
      }),
      show_parent: this.window,
    });
  }

  private facts({ lines, cover }: PageContent): KOReader.Piece {
    const picture = cover === undefined ? undefined : this.picture(cover);
    const taken = picture === undefined ? 0 : picture.getSize().w + this.gap;
    const text = TextBoxWidget.new({
      text: lines.join("\n"),
      face: Font.getFace("smallinfofont"),
      width: this.width - 2 * this.gap - taken,
    });
    if (picture === undefined) return this.framed(text);
    const row = HorizontalGroup.new({
      [1]: picture,
      [2]: HorizontalSpan.new({ width: this.gap }),
      [3]: text,
      align: "top",
    });
    return this.framed(row);
  }

  private picture(file: string): KOReader.Piece {
    const width = Math.floor(this.width * COVER_SHARE);
    return ImageWidget.new({
      file,
      file_do_cache: false,
      width,
      height: Math.floor(width * COVER_SHAPE),
      scale_factor: 0,
    });
  }

  private text(description: string, room: number): KOReader.Piece {
    return this.framed(
      ScrollTextWidget.new({
        text: description,
        face: Font.getFace("x_smallinfofont"),
        width: this.width - 2 * this.gap,
        height: Math.max(room - 2 * this.gap, Device.screen.scaleBySize(LEAST_ROOM)),
        justified: false,
        dialog: this.window,
      }),
    );
  }

  private framed(inside: KOReader.Piece): KOReader.Piece {
    return FrameContainer.new({ [1]: inside, bordersize: 0, padding: this.gap, margin: 0, width: this.width });
  }

  private table(): KOReader.Piece {
    const table = ButtonTable.new({
      width: this.width,
      buttons: this.buttons(() => {
        this.close();
      }),
      zero_sep: true,
      show_parent: this.window,
    });
    this.window.layout = table.layout;
    return table;
  }
}
