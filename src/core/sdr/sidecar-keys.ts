/**
 * Which settings of a sidecar may travel (KOReader v2024.07 to v2026.07). `content` belongs to the book and travels; `screen` depends on
 * the screen or on taste and travels only where the reader asked for that key; everything else, known or not, never leaves the
 * device: paths (KOReader deletes the file that `cache_file_path` names), caches, what follows from file and layout, control flags.
 */
export type KeyClass = "content" | "screen" | "never";

/** Content settings, with the type that KOReader gives them. */
const CONTENT: Readonly<Record<string, "boolean" | "string" | "number" | "object">> = {
  text_lang: "string",
  text_lang_embedded_langs: "boolean",
  hyph_alg: "string",
  hyph_soft_hyphens_only: "boolean",
  hyph_force_algorithmic: "boolean",
  hyph_trust_soft_hyphens: "boolean",
  hyphenation: "boolean",
  floating_punctuation: "number",
  style_tweaks: "object",
  style_tweaks_enabled: "boolean",
  book_style_tweak: "string",
  book_style_tweak_enabled: "boolean",
  copt_embedded_css: "number",
  copt_embedded_fonts: "number",
  hide_nonlinear_flows: "boolean",
  inverse_reading_order: "boolean",
  alternative_toc: "boolean",
  toc_ticks_ignored_levels: "object",
  txt_preformatted: "number",
  pagemap_use_page_labels: "boolean",
  pagemap_show_page_labels: "boolean",
  pagemap_chars_per_synthetic_page: "number",
  exclude_screensaver: "boolean",
  exclude_cover_image: "boolean",
  wikipedia_language: "string",
  highlight_drawer: "string",
  highlight_color: "string",
};

const SCREEN: Readonly<Record<string, true>> = {
  font_face: true,
  font_family_fonts: true,
  zoom_mode: true,
  normal_zoom_mode: true,
  gamma: true,
  render_mode: true,
  invert_ui_layout: true,
  show_overlap_enable: true,
  page_overlap_style: true,
  panel_zoom_enabled: true,
  partial_rerendering: true,
  preferred_dictionaries: true,
  disabled_dicts: true,
};

/** Xpointers hold only between books that were laid out in the same mode: it is never switched from afar. */
const LAYOUT_MODE = "copt_block_rendering_mode";

// Own keys only, so that Node finds nothing that every object has.
function has(table: Readonly<Record<string, true>>, key: string): boolean {
  return table[key] === true;
}

export function contentType(key: string): string | undefined {
  const type: unknown = CONTENT[key];
  return typeof type === "string" ? type : undefined;
}

export function classOf(key: string): KeyClass {
  if (key === LAYOUT_MODE) return "never";
  if (contentType(key) !== undefined) return "content";
  return has(SCREEN, key) || key.startsWith("copt_") || key.startsWith("kopt_") ? "screen" : "never";
}

/** Whether a setting travels; `chosen` names the screen settings that the reader asked for. */
export function travels(key: string, chosen: Readonly<Record<string, true>>): boolean {
  const kind = classOf(key);
  return kind === "content" || (kind === "screen" && has(chosen, key));
}
