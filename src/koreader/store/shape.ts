/** How many steps of migrations.ts make the store of this Ribbon: the steps themselves load only where one is missing. */
export const SHAPE = 7;
