const illegal = /(?![\t\n\r\u007f-\u009f])\p{Cc}|[\ufffe\uffff]|\p{Surrogate}/gu;

/** Without the characters that XML 1.0 has no place for. */
export const withoutIllegalXml = (text: string): string => text.replace(illegal, '');
