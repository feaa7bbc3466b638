import { followerCountAction } from '../follower/followers.ts';

export const datasetFollowerCount = followerCountAction('dataset');
