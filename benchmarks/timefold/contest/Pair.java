package contest;

/** A start and a venue that are possible for a meeting; {@code limits} are the limits that it counts for. */
public record Pair(
        int id,
        int start,
        int day,
        int month,
        long instant,
        int venue,
        int institution,
        boolean hostRequired,
        long turnaround,
        long points,
        long cost,
        long appeal,
        int[] limits) {}
