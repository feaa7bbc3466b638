import type { FieldList } from '../query/field_list.ts';

/** Whether a list of fields shows the text of the whole dataset. */
export const wantsDataset = ({ everything, names }: FieldList): boolean =>
  everything || names.has('data_dict') || names.has('validated_data_dict');
