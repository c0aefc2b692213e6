// What lies over something else in tables and forms.
() => {
  const wanted = 'input, select, textarea, button, .clb-verdict, .clb-label';
  const all = [...document.querySelectorAll(`.clb :is(${wanted})`)]
    .filter(e => e.checkVisibility() && !e.closest('.clb-thead'));
  const boxes = all.map(e => e.getBoundingClientRect());
  const found = [];
  for (let i = 0; i < all.length; i += 1) for (let j = i + 1; j < all.length; j += 1) {
    const [a, b] = [boxes[i], boxes[j]];
    if (all[i].contains(all[j]) || all[j].contains(all[i])) continue;
    if (Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
      && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1)
      found.push([all[i], all[j]].map(e => e.outerHTML.slice(0, 120)));
  }
  return found;
}
