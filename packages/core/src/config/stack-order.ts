/** The step between two packages of a stack order that is a list, and the highest worth a place in it may have. */
const LIST_STEP = 10;
const HIGHEST = 1000;

/** How many packages a list can hold before the last would be worth more than a priority may be. */
export const LONGEST_STACK_LIST = HIGHEST / LIST_STEP + 1;

/** What the package at `index` of a list is worth: 0, 10, 20, … */
export function listWorth(index: number): number {
  return index * LIST_STEP;
}
