import { followeeListAction } from '../follower/followees.ts';

export const userFolloweeList = followeeListAction('user');
