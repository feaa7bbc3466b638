import type { Bits } from '../column/bits.ts';
import type { Order } from './order.ts';

/** The slots from place `start` on, at most `rows`, in order: what lies outside the page is not sorted. */
export function pageOf(bits: Bits, order: Order, start: number, rows: number): number[] {
  const slots = new Int32Array(bits.count());
  let filled = 0;
  bits.each((slot) => {
    slots[filled++] = slot;
  });
  const end = Math.min(start + rows, slots.length);
  if (start >= end) return [];
  if (start > 0) separate(slots, 0, slots.length, start, order);
  if (end < slots.length) separate(slots, start, slots.length, end, order);
  return [...slots.subarray(start, end)].sort(order);
}

/**
 * Puts the first `place` slots of the order before that place and the others behind it, without sorting either
 * (Hoare's selection). The pivot is the median of three, so that what is sorted already takes no longer.
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
      [slots[left], slots[right]] = [slots[right]!, slots[left]!];
      left++;
      right--;
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
