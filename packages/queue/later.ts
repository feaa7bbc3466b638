/** Has something done so many milliseconds later. @returns what calls it off */
export type Later = (milliseconds: number, work: () => void) => () => void;

export const systemLater: Later = (milliseconds, work) => {
  const timer = setTimeout(work, milliseconds);
  return () => clearTimeout(timer);
};
