package contest;

/** At least and at most so many meetings: of a month, in a venue, of a format. */
public record Limit(int id, int min, int max) {}
