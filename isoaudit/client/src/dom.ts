// Small pieces that the page modules share.

/** The first element inside a <template> of this page, made anew; null when the page has no such template. */
export function fromTemplate(id: string): HTMLElement | null {
  const template = document.getElementById(id);
  if (!(template instanceof HTMLTemplateElement)) return null;
  const made = template.content.firstElementChild?.cloneNode(true);
  return made instanceof HTMLElement ? made : null;
}

/** Text for searching: no case, no diacritics, đ as d. */
export function fold(text: string): string {
  return text.toLowerCase().replace(/đ/g, "d").normalize("NFD").replace(/\p{M}/gu, "");
}
