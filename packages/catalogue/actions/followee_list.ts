import { allFolloweesAction } from '../follower/followees.ts';

export const followeeList = allFolloweesAction();
