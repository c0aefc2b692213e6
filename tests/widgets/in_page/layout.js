// Boxes that are clipped, lie over another or stick out, as the browser has laid them out.
(root) => {
  const drawn = '.clb-cell, .clb-card, .clb-add, .clb-button, .clb-editor';
  // What waits in a closed “More” keeps the box that it had before.
  const seen = (e) => e.checkVisibility({ contentVisibilityAuto: true });
  const boxes = [...root.querySelectorAll(drawn)]
    .filter((e) => seen(e) && !e.closest('.clb-ghost'))
    .map((e) => [e, e.getBoundingClientRect()]);
  const name = (e) => `${e.className}: ${e.innerText.slice(0, 30)}`;
  const wide = root.getBoundingClientRect();
  const found = [];
  for (const [e, a] of boxes) {
    if (a.left < wide.left - 1 || a.right > wide.right + 1) found.push(`sticks out: ${name(e)}`);
    for (const inner of e.querySelectorAll('.clb-text, .clb-label, .clb-prompt, .clb-fact')) {
      if (!seen(inner)) continue;
      const b = inner.getBoundingClientRect();
      if (b.right > a.right + 1 || b.bottom > a.bottom + 1) found.push(`clipped: ${name(inner)}`);
    }
    for (const [f, b] of boxes) {
      if (e === f || e.contains(f) || f.contains(e)) continue;
      const across = a.left < b.right - 1 && b.left < a.right - 1;
      if (across && a.top < b.bottom - 1 && b.top < a.bottom - 1) {
        found.push(`over: ${name(e)} / ${name(f)}`);
      }
    }
  }
  return found;
}
