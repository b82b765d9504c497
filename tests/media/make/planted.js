/** What every private text of these files holds: none of it may come out again. */
export const PLANTED = "PLANTED";
