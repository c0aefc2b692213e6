// Making elements. Texts become text nodes: nothing that a person typed is ever read as markup.

/**
 * @param {string} tag
 * @param {Record<string, any>} [props] Attributes; `on…` are listeners, `text` the content.
 * @param {...(Node | string | null | undefined | false)} children
 * @returns {any}
 */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "text") element.textContent = value;
    else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of children) if (child) element.append(child);
  return element;
}

/**
 * Make an element's children these, moving as few as possible and never the one with the focus,
 * so that focus and text stay.
 * @param {Element} parent @param {Node[]} children
 */
export function arrange(parent, children) {
  const wanted = new Set(children);
  for (const child of [...parent.childNodes]) if (!wanted.has(child)) child.remove();
  const focused = parent.ownerDocument.activeElement;
  let at = parent.firstChild;
  for (const child of children) {
    if (child !== at && child.parentNode === parent && child.contains(focused)) {
      while (at && at !== child) {
        const next = at.nextSibling;
        parent.append(at);
        at = next;
      }
    }
    if (child === at) at = at.nextSibling;
    else parent.insertBefore(child, at);
  }
}

/** Let text areas be as high as their texts, all at once. @param {HTMLTextAreaElement[]} areas */
export function growAll(areas) {
  const alone = CSS.supports("field-sizing", "content");
  for (const area of areas) area.style.height = alone ? "" : "auto";
  const heights = alone ? [] : areas.map((area) => area.scrollHeight + 2);
  heights.forEach((height, i) => { areas[i].style.height = `${height}px`; });
}

/** Let a text area grow with its text. @param {HTMLTextAreaElement} area */
export function grow(area) {
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight + 2}px`;
}

/** The element that scrolls what this one is in. @param {Element} element @returns {Element} */
export function scroller(element) {
  for (let at = element.parentElement; at; at = at.parentElement) {
    const style = getComputedStyle(at);
    if (/auto|scroll/.test(style.overflowY) && at.scrollHeight > at.clientHeight) return at;
  }
  return document.scrollingElement ?? document.documentElement;
}
