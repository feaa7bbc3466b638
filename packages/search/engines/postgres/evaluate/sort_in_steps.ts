import type { Order } from './order.ts';
import type { Steps } from './steps.ts';

/** Sorted at once, which takes some milliseconds. */
const sortedAtOnce = 8192;

/** Sorts the list itself: parts of it, and then these into one another. */
export function* sortInSteps(list: Int32Array, order: Order): Steps<Int32Array> {
  for (let from = 0; from < list.length; from += sortedAtOnce) {
    list.subarray(from, from + sortedAtOnce).sort(order);
    yield;
  }
  let [from, to]: [Int32Array, Int32Array] = [
    list,
    new Int32Array(list.length > sortedAtOnce ? list.length : 0),
  ];
  for (let length = sortedAtOnce; length < list.length; length *= 2) {
    for (let first = 0; first < list.length; first += 2 * length)
      yield* merge(from, to, first, first + length, Math.min(first + 2 * length, list.length), order);
    [from, to] = [to, from];
  }
  if (from !== list) list.set(from);
  return list;
}

/** Puts what is sorted from `first` on, and what is from `second` on, in one order. */
function* merge(
  from: Int32Array,
  to: Int32Array,
  first: number,
  second: number,
  end: number,
  order: Order,
): Steps<void> {
  let [one, other] = [first, second];
  for (let at = first; at < end; at++) {
    const takesOne = one < second && (other >= end || order(from[one]!, from[other]!) <= 0);
    to[at] = from[takesOne ? one++ : other++]!;
    if (at % sortedAtOnce === 0) yield;
  }
}
