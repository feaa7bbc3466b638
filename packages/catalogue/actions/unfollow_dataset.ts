import { unfollowAction } from '../follower/follow.ts';

export const unfollowDataset = unfollowAction('dataset');
