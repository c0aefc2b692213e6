// What tables and forms cut off.
() => {
const all = document.querySelectorAll('.clb-sheet *, .clb-forms *, .clb-tips *');
return [...all].filter(e => {
  if (e.closest('.clb-thead, .clb-hidden, [hidden], select') || !e.checkVisibility()) return false;
  const box = e.getBoundingClientRect(), root = e.closest('.clb').getBoundingClientRect();
  if (box.width < 2) return false;
  const hidden = e.scrollWidth > e.clientWidth + 1 && e.clientWidth
    && getComputedStyle(e).display !== 'inline' && !e.matches('.clb-picker, input[type=date]');
  return box.left < root.left - 1 || box.right > root.right + 1 || hidden;
}).map(e => e.outerHTML.slice(0, 200));
}
