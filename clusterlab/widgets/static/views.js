// What draws which shape.

import { gridView } from "./cells.js";
import { comparisonView } from "./comparison.js";
import { matrixView } from "./matrix.js";
import { recordsView, tableView } from "./rows.js";

/** @type {Record<string, (context: import("./frame.js").Context) => import("./frame.js").Body>} */
export const VIEWS = {
  grid: gridView,
  comparison: comparisonView,
  matrix: matrixView,
  table: tableView,
  records: recordsView,
};
