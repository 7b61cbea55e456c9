package contest;

/** The place of each tier in the order of what counts; -1 where it does not count. */
public record Tiers(int points, int cost, int appeal, int effort) {}
