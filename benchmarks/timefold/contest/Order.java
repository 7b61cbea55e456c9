package contest;

/** A meeting that another one must come before. */
public record Order(int earlier, int later) {}
