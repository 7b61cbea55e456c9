package contest;

/** The city's own rules; what is not limited is {@code Integer.MAX_VALUE}. */
public record City(int budget, int maxOutside, int minHosts, int minDays, long personGap) {}
