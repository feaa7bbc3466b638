import { followeeCountAction } from '../follower/followees.ts';

export const datasetFolloweeCount = followeeCountAction('dataset_followee_count', 'group');
