import { _ } from "../gettext";

/** Settings of the screen that belong together for a reader. */
export interface ScreenSetting {
  /** KOReader's names of them, in a book's sidecar. */
  readonly keys: readonly string[];
  name(this: void): string;
}

export const SCREEN_SETTINGS: readonly ScreenSetting[] = [
  { keys: ["font_face"], name: () => _("Font") },
  { keys: ["copt_font_size", "kopt_font_size"], name: () => _("Font size") },
  { keys: ["copt_font_base_weight"], name: () => _("Font weight") },
  { keys: ["copt_line_spacing", "kopt_line_spacing"], name: () => _("Line spacing") },
  {
    keys: ["copt_t_page_margin", "copt_b_page_margin", "copt_sync_t_b_page_margins", "kopt_page_margin"],
    name: () => _("Margins above and below"),
  },
  { keys: ["copt_font_gamma", "kopt_contrast"], name: () => _("Contrast") },
  { keys: ["copt_view_mode", "kopt_page_scroll"], name: () => _("Page or scroll mode") },
  { keys: ["copt_status_line"], name: () => _("Status line above the page") },
  {
    keys: ["kopt_zoom_mode_genus", "kopt_zoom_mode_type", "kopt_zoom_factor"],
    name: () => _("Zoom of PDFs and comics"),
  },
];
