package contest;

public enum Role {
    EXPERT,
    REPRESENTATIVE,
    HOST,
    BROKER,
    PRESENTER
}
