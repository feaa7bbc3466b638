import { followerListAction } from '../follower/followers.ts';

export const datasetFollowerList = followerListAction('dataset');
