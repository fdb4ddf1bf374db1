/** Rule of everything that an undo plans, writes or leaves. */
export const UNDO_RULE = "I15";
