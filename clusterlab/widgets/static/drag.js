// Dragging by mouse, pen and finger. A finger drags by the handle only, so that a page still
// scrolls; a mouse may take the whole note.

import { h, scroller } from "./dom.js";

const THRESHOLD = 5;
const EDGE = 48;
const STEP = 14;

/**
 * @param {{
 *   root: HTMLElement,
 *   find: (target: Element) => {id: string, element: HTMLElement, handle: boolean} | null,
 *   over: (x: number, y: number, id: string) => any,
 *   show: (spot: any) => void,
 *   drop: (id: string, spot: any) => void,
 * }} options `over` gives the spot under a point or null, `show` marks it (null: none).
 */
export function enableDrag({ root, find, over, show, drop }) {
  /** @type {any} */
  let drag = null;

  const onDown = (/** @type {PointerEvent} */ event) => {
    const found = event.button === 0 && event.target instanceof Element ? find(event.target) : null;
    if (!found || drag || (event.pointerType === "touch" && !found.handle)) return;
    drag = { ...found, pointer: event.pointerId, x: event.clientX, y: event.clientY, spot: null };
    if (found.handle) event.preventDefault();
  };

  const begin = () => {
    const box = drag.element.getBoundingClientRect();
    drag.dx = drag.x - box.left;
    drag.dy = drag.y - box.top;
    drag.ghost = drag.element.cloneNode(true);
    drag.ghost.classList.add("clb-ghost");
    drag.ghost.setAttribute("aria-hidden", "true");
    drag.ghost.style.width = `${box.width}px`;
    for (const inner of drag.ghost.querySelectorAll("[id],button")) inner.removeAttribute("id");
    root.append(drag.ghost);
    drag.element.classList.add("clb-dragged");
    drag.scroller = scroller(root);
    try {
      root.setPointerCapture(drag.pointer);
    } catch {
      // a pointer that is gone already
    }
    scroll();
  };

  const place = () => {
    // Not position: fixed, which containers of the page re-base.
    const origin = root.getBoundingClientRect();
    const [x, y] = [drag.x - drag.dx - origin.left, drag.y - drag.dy - origin.top];
    drag.ghost.style.transform = `translate(${x}px, ${y}px)`;
    drag.spot = over(drag.x, drag.y, drag.id);
    show(drag.spot);
  };

  function scroll() {
    if (!drag?.ghost) return;
    const view = drag.scroller === document.scrollingElement
      ? { top: 0, bottom: innerHeight } : drag.scroller.getBoundingClientRect();
    const by = drag.y < view.top + EDGE ? -STEP : drag.y > view.bottom - EDGE ? STEP : 0;
    if (by) {
      drag.scroller.scrollTop += by;
      place();
    }
    drag.frame = requestAnimationFrame(scroll);
  }

  const onMove = (/** @type {PointerEvent} */ event) => {
    if (!drag || event.pointerId !== drag.pointer) return;
    if (!drag.ghost && Math.hypot(event.clientX - drag.x, event.clientY - drag.y) < THRESHOLD) return;
    if (!drag.ghost) begin();
    drag.x = event.clientX;
    drag.y = event.clientY;
    place();
  };

  /** @param {boolean} dropped */
  const end = (dropped) => {
    if (!drag) return;
    const was = drag;
    drag = null;
    if (!was.ghost) return;
    cancelAnimationFrame(was.frame);
    was.ghost.remove();
    was.element.classList.remove("clb-dragged");
    show(null);
    // The click that follows a drag is no click.
    addEventListener("click", swallow, { capture: true, once: true });
    setTimeout(() => removeEventListener("click", swallow, { capture: true }), 0);
    if (dropped && was.spot) drop(was.id, was.spot);
  };

  const swallow = (/** @type {Event} */ event) => {
    event.stopPropagation();
    event.preventDefault();
  };
  const onUp = (/** @type {PointerEvent} */ event) => {
    if (event.pointerId === drag?.pointer) end(true);
  };
  const onCancel = () => end(false);
  const onKey = (/** @type {KeyboardEvent} */ event) => {
    if (drag?.ghost && event.key === "Escape") {
      event.stopPropagation();
      end(false);
    }
  };

  // A mouse that drags selects no text on its way.
  const onSelect = (/** @type {Event} */ event) => {
    if (drag) event.preventDefault();
  };

  root.addEventListener("selectstart", onSelect);
  root.addEventListener("pointerdown", onDown);
  root.addEventListener("pointermove", onMove);
  root.addEventListener("pointerup", onUp);
  root.addEventListener("pointercancel", onCancel);
  document.addEventListener("keydown", onKey, true);
  return () => {
    end(false);
    document.removeEventListener("keydown", onKey, true);
  };
}

/** The mark by which a finger takes hold of something. @param {string} hint */
export function handle(hint) {
  return h("span", { class: "clb-handle", "aria-hidden": "true", title: hint });
}
