// What a board shows, as the shared cases write it down.

/** Notes by place, in order. */
export function facts(board) {
  const brief = (id) => {
    const { values, links, heads, deleted, alternatives } = board.notes[id];
    const beside = alternatives.map((a) => [a.field, a.value, a.operation]);
    return { id, values, links, heads, deleted, alternatives: beside };
  };
  const places = Object.entries(board.lists).filter(([, ids]) => ids.length);
  return Object.fromEntries(places.map(([place, ids]) => [place, ids.map(brief)]));
}
