import { amFollowingAction } from '../follower/followers.ts';

export const amFollowingDataset = amFollowingAction('dataset');
