import { followeeListAction } from '../follower/followees.ts';

export const datasetFolloweeList = followeeListAction('dataset');
