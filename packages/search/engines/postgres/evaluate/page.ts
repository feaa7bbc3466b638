import type { Order } from './order.ts';

/** Up to so many places the best are gathered in one pass; beyond, all are parted. */
const mostGathered = 2000;

/** What of a list is from place `start` of the order on, at most `rows`: what lies outside the page is not sorted. */
export function pageOf(list: Int32Array, order: Order, start: number, rows: number): number[] {
  const end = Math.min(start + rows, list.length);
  if (start >= end) return [];
  const first = end <= mostGathered ? gather(list, end, order) : list;
  if (start > 0) separate(first, 0, first.length, start, order);
  if (end < first.length) separate(first, start, first.length, end, order);
  return [...first.subarray(start, end)].sort(order);
}

/**
 * The first `most` of the order and perhaps some more, in one pass: what comes after the last of those found so far is
 * not looked at again.
 */
function gather(list: Int32Array, most: number, order: Order): Int32Array {
  const room = 2 * most + 64;
  if (list.length <= room) return list;
  const found = list.slice(0, room);
  let last = keepFirst(found, room, most, order);
  let filled = most;
  for (let at = room; at < list.length; at++) {
    const one = list[at]!;
    if (order(one, last) > 0) continue;
    found[filled++] = one;
    if (filled < room) continue;
    last = keepFirst(found, room, most, order);
    filled = most;
  }
  return found.subarray(0, filled);
}

/** Puts the first `most` of the order in front, and returns the last of those. */
function keepFirst(list: Int32Array, length: number, most: number, order: Order): number {
  separate(list, 0, length, most, order);
  let last = list[0]!;
  for (let at = 1; at < most; at++) if (order(list[at]!, last) > 0) last = list[at]!;
  return last;
}

/**
 * Puts the first `place` of the order before that place and the others behind it, without sorting either (Hoare's
 * selection). The pivot is the median of three, so that what is sorted already takes no longer.
 */
function separate(slots: Int32Array, from: number, to: number, place: number, order: Order): void {
  let [low, high] = [from, to - 1];
  while (low < high) {
    const pivot = medianOf(slots[low]!, slots[(low + high) >> 1]!, slots[high]!, order);
    let [left, right] = [low, high];
    while (left <= right) {
      while (order(slots[left]!, pivot) < 0) left++;
      while (order(slots[right]!, pivot) > 0) right--;
      if (left > right) break;
      const moved = slots[left]!;
      slots[left++] = slots[right]!;
      slots[right--] = moved;
    }
    if (place <= right) high = right;
    else if (place >= left) low = left;
    else return;
  }
}

function medianOf(a: number, b: number, c: number, order: Order): number {
  if (order(a, b) > 0) [a, b] = [b, a];
  if (order(b, c) <= 0) return b;
  return order(a, c) > 0 ? a : c;
}
