export const harvestActions: readonly import('@portolan/catalogue').Action[] = [];
