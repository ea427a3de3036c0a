import Testing
import CareSphereKit
